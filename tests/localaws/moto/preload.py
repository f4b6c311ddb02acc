"""A process that has loaded moto and forks a server for each line it is given.

Most of what a server of moto does in its life is to load: its own modules, the
models of AWS's services, the policies that AWS manages. A server that is forked
from a process that has done so begins with all of it.

Each line names a file for the server's output; the answer is the server's
process id. The servers end when this process ends, and it ends with its input.
"""

# moto is not where the programs' types are checked.
# mypy: disable-error-code="import-not-found"

import functools
import os
import signal
import sys
import threading

from moto.backends import get_backend
from moto.core.utils import get_service_model
from moto.moto_api._internal import mock_random
from moto.moto_server.werkzeug_app import (
    DomainDispatcherApplication,
    create_backend_app,
)
from moto.server import main
from werkzeug.test import Client

SERVICES = (
    "apigatewayv2",
    "application-autoscaling",
    "autoscaling",
    "ec2",
    "ecr",
    "ecs",
    "elbv2",
    "iam",
    "logs",
    "s3",
    "secretsmanager",
    "servicediscovery",
    "ssm",
    "sts",
)


def load() -> None:
    for service in SERVICES:
        get_backend(service)
        get_service_model(service)
    # The one request whose answer needs every service that moto has.
    client = Client(DomainDispatcherApplication(create_backend_app))
    answer = client.post(
        "/",
        data={"Action": "DescribeVpcEndpointServices", "Version": "2016-11-15"},
        headers={
            "Authorization": "AWS4-HMAC-SHA256 Credential=test/20260101/us-east-1/ec2/aws4_request"
        },
        base_url="http://ec2.us-east-1.amazonaws.com",
    )
    if answer.status_code != 200:
        sys.exit(answer.get_data(as_text=True))


def serve(log: str, alive: int) -> None:
    os.setpgid(0, 0)
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    out = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    nothing = os.open(os.devnull, os.O_RDONLY)
    for old, new in ((nothing, 0), (out, 1), (out, 2)):
        os.dup2(old, new)
    mock_random.seed()  # else all servers would give the same ids

    def end_with_parent() -> None:
        os.read(alive, 1)
        os._exit(0)

    threading.Thread(target=end_with_parent, daemon=True).start()
    main(["-H", "127.0.0.1", "-p", "0"])


# Which service a request is for follows from its host alone, and moto tries a
# few hundred patterns to find out, for each request.
DomainDispatcherApplication.get_backend_for_host = functools.cache(
    DomainDispatcherApplication.get_backend_for_host
)
load()
signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # nobody asks how a server ended
alive, held = os.pipe()
for line in sys.stdin:
    pid = os.fork()
    if pid == 0:
        os.close(held)
        serve(line.rstrip("\n"), alive)
        os._exit(0)
    print(pid, flush=True)
