"""The files of a case, and their previews."""

from typing import Any

from flask import Response, abort

from portal.cases import files, looking, reading, storage
from portal.cases.views import blueprint, case_or_404
from portal.web import me


@blueprint.get("/cases/<number>/files/<int:key>")
def file(number: str, key: int) -> Any:
    return _serve(number, key, preview=False)


@blueprint.get("/cases/<number>/files/<int:key>/preview")
def preview(number: str, key: int) -> Any:
    return _serve(number, key, preview=True)


def _serve(number: str, key: int, preview: bool) -> Response:
    seen = case_or_404(number)
    attachment = reading.find_file(me(), seen, key)
    if attachment is None or (preview and attachment.preview is None):
        abort(404)
    data = storage.read(attachment.preview if preview and attachment.preview else attachment.blob)
    if not preview:
        looking.opened(me(), seen.id, attachment.id)
    return Response(data, headers=files.serving(attachment, preview))
