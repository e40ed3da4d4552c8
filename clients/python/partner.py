"""A partner's program: signs in and prints the catalog, page by page.

AULA_URL=127.0.0.1:8080 AULA_USER=… AULA_PASSWORD=… clients/python/run.sh
"""

import os
import sys

import grpc
from aula.auth.v1 import auth_service_pb2 as auth
from aula.auth.v1 import auth_service_pb2_grpc as auth_grpc
from aula.courses.v1 import course_service_pb2 as courses
from aula.courses.v1 import course_service_pb2_grpc as courses_grpc
from google.rpc import error_details_pb2
from grpc_status import rpc_status

SECONDS = 10


def main() -> int:
    # `https://` in a deployment: grpc.secure_channel with grpc.ssl_channel_credentials().
    target = os.environ.get("AULA_URL", "127.0.0.1:8080").removeprefix("http://")
    with grpc.insecure_channel(target) as channel:
        try:
            login = auth_grpc.AuthServiceStub(channel).Login(
                auth.LoginRequest(
                    identifier=os.environ.get("AULA_USER", ""),
                    password=os.environ.get("AULA_PASSWORD", ""),
                    device_name="Partner sample",
                ),
                timeout=SECONDS,
            )
            print(f"Signed in with the roles {', '.join(login.account.roles)}.")
            bearer = [("authorization", f"Bearer {login.tokens.access_token}")]
            catalog = courses_grpc.CourseServiceStub(channel)
            request = courses.ListCoursesRequest(order_by=courses.COURSE_ORDER_TITLE, page_size=50)
            while True:
                page = catalog.ListCourses(request, metadata=bearer, timeout=SECONDS)
                for course in page.courses:
                    print(f"{course.title} ({course.language_code})")
                if not page.next_page_token:
                    return 0
                request.page_token = page.next_page_token
        except grpc.RpcError as refused:
            print(explain(refused), file=sys.stderr)
            return 1


def explain(refused: grpc.RpcError) -> str:
    """The code, the reason out of the contract's ErrorReason enums, and every broken field."""
    lines = [f"{refused.code().name}: {refused.details()}"]
    status = rpc_status.from_call(refused)
    for detail in status.details if status else ():
        info, bad = error_details_pb2.ErrorInfo(), error_details_pb2.BadRequest()
        if detail.Unpack(info):
            lines.append(f"  reason {info.reason} {dict(info.metadata)}")
        elif detail.Unpack(bad):
            lines.extend(f"  {broken.field}: {broken.description}" for broken in bad.field_violations)
    return "\n".join(lines)


if __name__ == "__main__":
    sys.exit(main())
