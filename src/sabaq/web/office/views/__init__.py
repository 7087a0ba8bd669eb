from sabaq.web.office.views.editions import edition, editions
from sabaq.web.office.views.programmes import programmes

__all__ = ["edition", "editions", "programmes"]
