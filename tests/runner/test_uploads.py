"""An image goes up once for as long as the service keeps it, and anew after that."""

import time

import pytest

from hailuo_nb.core.request import make_request
from hailuo_nb.media.sources import find_image
from hailuo_nb.runner.uploads import UPLOAD_KEPT_S
from hailuo_nb.session.plan import PlanItem
from hailuo_nb.session.session import Session
from tests.runner.service import CREATE, UPLOAD, Service, until


@pytest.mark.parametrize(("age_s", "uploads"), [(60.0, 0), (UPLOAD_KEPT_S + 60.0, 1)])
def test_an_upload_is_used_for_as_long_as_it_is_kept(
    session: Session, service: Service, age_s: float, uploads: int
) -> None:
    """Of an older one nobody knows whether it is still there."""
    image = find_image("sample:forest", {})
    assert image.ref.digest is not None
    former = f"{service.origin}/former.png"
    session.history.add_upload(
        session.config.service, image.ref.digest, former, at=time.time() - age_s
    )
    request = make_request(prompt="A hawk.", image=image.ref)
    session.dispatch.submit(PlanItem(request=request, image=image))
    until(lambda: service.count(CREATE) == 1)
    assert service.count(UPLOAD) == uploads
