"""The photo of an article: given with credit, words and agreement, shown to the office, erased."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from sabaq.kernel import clock
from sabaq.kernel.errors import DomainError
from sabaq.newsroom.errors import DayAhead
from sabaq.newsroom.pictures import LARGEST_KB, clean_picture
from sabaq.newsroom.queries import current_photo
from sabaq.newsroom.services import remove_photo, replace_photo
from sabaq.web.office.article_forms import PhotoForm
from sabaq.web.office.article_steps import back, language_read
from sabaq.web.office.articles import article_in, edition_to_read, edition_to_write
from sabaq.web.public.pictures import inert
from sabaq.web.requests import Request, found, staff_only


@staff_only
def photo(request: Request, slug: str) -> HttpResponse:
    """Take a photo with its caption, or another caption for the photo that is there."""
    edition = edition_to_write(request, slug)
    article = article_in(edition)
    before = current_photo(article)
    form = PhotoForm(request.POST or None, request.FILES or None, photo=before)
    if request.method == "POST" and form.is_valid():
        sent = form.cleaned_data["photo"]
        try:
            picture = clean_picture(sent.read(LARGEST_KB * 1000 + 1)) if sent else None
            replace_photo(article, picture, form.caption, by=request.actor, at=clock.now())
            messages.success(
                request, _("The photo is saved. Look whether it shows what it should.")
            )
            return redirect("office:article_photo", slug)
        except DomainError as error:
            form.add_error("agreed_on" if isinstance(error, DayAhead) else "photo", str(error))
    page = {
        "edition": edition,
        "form": form,
        "photo": before,
        "article_language": language_read(request),
    }
    return render(request, "office/article_photo.html", page, status=422 if form.errors else 200)


@staff_only
@require_POST
def remove(request: Request, slug: str) -> HttpResponse:
    """Erase the photo, on the public page too."""
    article = article_in(edition_to_write(request, slug))
    remove_photo(article, by=request.actor, at=clock.now())
    messages.success(request, _("The photo is erased, on the public page too."))
    return back(request, slug)


@staff_only
@require_safe
def file(request: Request, slug: str, uuid: UUID) -> HttpResponse:
    """Show the office a photo that is perhaps not published yet."""
    article = article_in(edition_to_read(request, slug))
    one = found(article.photos.all(), uuid=uuid)
    return inert(bytes(one.data), one.kind)
