import os
from typing import Any

import django
from django.core.handlers.wsgi import WSGIHandler, WSGIRequest
from django.utils.http import parse_header_parameters

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sabaq.config.settings")


class UnicodeRequest(WSGIRequest):
    """A request that is read as UTF-8, whatever it says of itself; `middleware.charsets` refuses other claims.

    Django reads even the query string by the `charset` of the `Content-Type`. Python knows such as "hex"
    and "undefined", which decode nothing: the request would break before any middleware sees it, and be
    answered by a bare page that is not ours.
    """

    def _set_content_type_params(self, meta: dict[str, Any]) -> None:
        self.content_type, self.content_params = parse_header_parameters(
            meta.get("CONTENT_TYPE", "")
        )


class Handler(WSGIHandler):
    request_class = UnicodeRequest


django.setup(set_prefix=False)
application = Handler()
