from sabaq.web.office.views.editions import editions

__all__ = ["editions"]
