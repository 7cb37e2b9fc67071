"""The route table: which path is answered by whom.

It knows paths and handlers; it must not open sockets or start anything.
"""

from typing import Any

from tornado.httputil import HTTPServerRequest
from tornado.routing import Matcher, Rule
from tornado.web import Application, RequestHandler

from hailuo_nb.simulator import handlers_admin as admin
from hailuo_nb.simulator import handlers_catalogue as catalogue
from hailuo_nb.simulator import handlers_jobs as jobs
from hailuo_nb.simulator import handlers_upload as upload
from hailuo_nb.simulator.handlers_base import RefusedHandler, UnknownHandler
from hailuo_nb.simulator.handlers_files import FileHandler
from hailuo_nb.simulator.service import Service

ROUTES: tuple[tuple[str, type[RequestHandler]], ...] = (
    (r"/api/v1/jobs/createTask", jobs.CreateTaskHandler),
    (r"/api/v1/jobs/recordInfo", jobs.RecordInfoHandler),
    (r"/api/v1/chat/credit", jobs.CreditHandler),
    (r"/api/v1/common/download-url", jobs.DownloadUrlHandler),
    (r"/api/v1/models", catalogue.ModelsHandler),
    (r"/api/v1/models/(.+)/schema", catalogue.SchemaHandler),
    (r"/api/v1/models/(.+)/price", catalogue.PriceHandler),
    (r"/api/v1/models/(.+)/success-rate", catalogue.SuccessRateHandler),
    (r"/api/file-stream-upload", upload.StreamUploadHandler),
    (r"/api/file-base64-upload", upload.Base64UploadHandler),
    (r"/api/file-url-upload", upload.UrlUploadHandler),
    (r"/files/(.+)", FileHandler),
    (r"/_sim/ledger", admin.LedgerHandler),
    (r"/_sim/health", admin.HealthHandler),
    (r"/_sim/prove", admin.ProveHandler),
    (r"/_sim/faults", admin.FaultsHandler),
    (r"/_sim/credits", admin.CreditsHandler),
    (r".*", UnknownHandler),
)


def make_app(service: Service) -> Application:
    """Return the application that answers for a service."""
    given = {"service": service}
    rules: list[Any] = [Rule(_Refused(service), RefusedHandler, given)]
    rules += [(path, handler, given) for path, handler in ROUTES]
    return Application(rules, log_function=_no_access_log)


class _Refused(Matcher):
    """Matches what may not come in, whatever its path: the first rule of all."""

    def __init__(self, service: Service) -> None:
        self._service = service

    def match(self, request: HTTPServerRequest) -> dict[str, Any] | None:
        return None if self._service.complaint(request) is None else {}


def _no_access_log(handler: RequestHandler) -> None:
    """Keep silent: a request line may carry what no log should hold."""
