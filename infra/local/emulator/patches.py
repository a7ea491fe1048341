"""What MiniStack 1.5.33 lacks for our stack, each in a function that says why; tests/local holds one test for each.

Runs inside MiniStack's own environment, so it imports nothing of ours.
"""

import hashlib
import json
import os
import shutil
import sys
import threading
import zipfile
from collections import defaultdict
from pathlib import Path
from types import SimpleNamespace

import ministack.services.apigateway_v1 as rest
from ministack.core import lambda_runtime
from ministack.services import lambda_svc, ses_v2
from ministack.services.cloudformation import provisioners

WORKERS = int(os.environ.get("EMULATOR_WORKERS", "4"))
PATIENCE = 10.0


def gateway_responses_are_imported() -> None:
    """The OpenAPI import drops x-amazon-apigateway-gateway-responses: a 404 would not be in our words."""
    original = rest._import_rest_api

    def import_rest_api(spec, base_data=None):
        api_id = original(spec, base_data)
        for kind, answer in (spec.get("x-amazon-apigateway-gateway-responses") or {}).items():
            rest._put_gateway_response(api_id, kind, answer)
        return api_id

    rest._import_rest_api = import_rest_api


def an_api_keeps_its_id() -> None:
    """AWS overwrites a changed API in place; MiniStack makes another one under an id nobody knows."""
    original = provisioners._apigw_rest_api_update
    stores = [rest._rest_apis, rest._resources, rest._authorizers_v1, rest._models, rest._gateway_responses]
    stores += [rest._documentation_parts]
    kept = [rest._stages_v1, rest._deployments_v1, rest._deployed_gateway_responses]

    def update(physical_id, old, new, stack_name, logical_id=None):
        if new.get("Body") == old.get("Body") or not isinstance(new.get("Body"), dict):
            return original(physical_id, old, new, stack_name, logical_id)
        fresh, _ = provisioners._apigw_rest_api_create(logical_id or physical_id, new, stack_name)
        for store in stores:
            if fresh in store:
                store[physical_id] = store.pop(fresh)
        rest._rest_apis[physical_id]["id"] = physical_id
        for store in kept:
            store.pop(fresh, None)
        return physical_id, provisioners._apigw_rest_api_attrs(physical_id)

    provisioners._RESOURCE_HANDLERS["AWS::ApiGateway::RestApi"]["update"] = update


def invocations_do_not_wait_for_a_log_line() -> None:
    """Every silent invocation waits 50 ms for something to log; what comes later is taken with the next one."""
    lambda_runtime.Worker._drain_stderr_bounded = lambda self, **_: self._drain_stderr()


def output_goes_to_a_file() -> None:
    """Sockets' invocations leave no log at all: what any function writes is appended to one file as it comes."""
    place = os.environ.get("EMULATOR_FUNCTION_LOG")
    if not place:
        return
    log = Path(place).open("a", buffering=1)  # noqa: SIM115 - open for as long as this process lives

    def read_stderr(self):
        handler = self.config.get("Handler", "").removeprefix("functions.")
        for line in self._proc.stderr:
            log.write(f"{handler} {line}")
            self._stderr_queue.put(line.rstrip("\n"))

    lambda_runtime.Worker._read_stderr = read_stderr


def code_is_unpacked_once() -> None:
    """Each worker unpacks the whole zip for itself, 0.4 s and 50 MB a time: unpack it once, link to it after."""
    cache = Path(os.environ.get("TMPDIR", "/tmp")) / "unpacked"
    lock = threading.Lock()

    class Unpacking(zipfile.ZipFile):
        def extractall(self, path=None, members=None, pwd=None):
            with Path(self.filename).open("rb") as whole:
                unpacked = cache / hashlib.file_digest(whole, "sha256").hexdigest()
            with lock:
                if not unpacked.exists():
                    for old in sorted(cache.glob("*"), key=lambda each: each.stat().st_mtime)[:-2]:
                        shutil.rmtree(old, ignore_errors=True)
                    super().extractall(partial := cache / "partial", members, pwd)
                    partial.rename(unpacked)
            Path(path).rmdir()
            Path(path).symlink_to(unpacked)

    lambda_runtime.zipfile = SimpleNamespace(**{**vars(zipfile), "ZipFile": Unpacking})


def workers_are_bounded() -> None:
    """Fifty calls at once would start fifty interpreters: wait for one to be free. Where none has become free for long,
    start another all the same, so that a function which calls itself cannot wait for ever."""
    take, give_back = lambda_runtime.acquire_worker, lambda_runtime.release_worker
    turns: dict[str, threading.Condition] = defaultdict(threading.Condition)

    def acquire(name, config, code, qualifier="$LATEST", max_concurrency=None):
        moving = True
        while moving:
            with turns[name]:
                worker, how = take(name, config, code, qualifier=qualifier, max_concurrency=WORKERS)
                if worker is not None:
                    return worker, how
                moving = turns[name].wait(PATIENCE)
        return take(name, config, code, qualifier=qualifier)

    def release(worker):
        if worker is None:
            return
        with turns[worker.func_name]:
            give_back(worker)
            turns[worker.func_name].notify()

    for module in (lambda_runtime, lambda_svc):
        module.acquire_worker, module.release_worker = acquire, release


def socket_frames_run_side_by_side() -> None:
    """All frames of a route share one worker and wait for each other: lease one for each frame, as AWS does."""

    class Lease:
        def __init__(self, *args, **options):
            self.args, self.options = args, options

        def invoke(self, *args, **options):
            worker, _ = lambda_runtime.acquire_worker(*self.args, **self.options)
            try:
                return worker.invoke(*args, **options)
            finally:
                lambda_runtime.release_worker(worker)

    lambda_runtime.get_or_create_worker = Lease


def streams_begin_anew_after_a_restart() -> None:
    """Positions in a stream are kept but its records are not: a kept position points past everything that will come."""
    original = lambda_svc._restore_esm_positions

    def restore(store, positions):
        if store is not lambda_svc._dynamodb_stream_positions:
            original(store, positions)

    lambda_svc._restore_esm_positions = restore


def mail_is_kept_whole() -> None:
    """Of a message only text and HTML are kept: nobody could look at its headers, its tags or an invitation with it.

    What is told of captured messages has no place for them but their type.
    """
    original = ses_v2.handle_request

    async def handle_request(method, path, headers, body, query_params):
        answer = await original(method, path, headers, body, query_params)
        if path.endswith("/outbound-emails") and answer[0] == 200:
            asked = json.loads(body)
            kept = {name: asked.get(name) for name in ("EmailTags", "ConfigurationSetName")}
            kept |= {"Raw": asked["Content"].get("Raw", {}).get("Data", "")}
            kept |= {"Headers": asked["Content"].get("Simple", {}).get("Headers", [])}
            ses_v2._sent_emails_list()[-1]["Type"] = f"Whole {json.dumps(kept)}"
        return answer

    ses_v2.handle_request = handle_request


ALL = (
    gateway_responses_are_imported,
    an_api_keeps_its_id,
    invocations_do_not_wait_for_a_log_line,
    output_goes_to_a_file,
    code_is_unpacked_once,
    workers_are_bounded,
    socket_frames_run_side_by_side,
    streams_begin_anew_after_a_restart,
    mail_is_kept_whole,
)


def apply() -> None:
    """All of them; MiniStack's private functions are patched, so its version is a matter of life and death."""
    from importlib.metadata import version

    if version("ministack") != "1.5.33":
        sys.exit(f"These patches are for MiniStack 1.5.33, and this is {version('ministack')}.")
    for patch in ALL:
        patch()
