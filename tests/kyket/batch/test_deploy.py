"""What docs/deploy has: a manifest with KubeRay's keys, a command that kyket takes, an image that fits it."""

import shlex
from pathlib import Path

import yaml
from typer.testing import CliRunner

from kyket.batch import Progress
from kyket.cli.app import app

MANIFEST = Path(__file__).parents[3] / "docs" / "deploy" / "rayjob.yaml"


def test_the_manifest_has_the_keys_of_a_rayjob():
    job = yaml.safe_load(MANIFEST.read_text("utf-8"))
    assert (job["apiVersion"], job["kind"]) == ("ray.io/v1", "RayJob")
    assert set(job["spec"]) <= {
        *("entrypoint", "rayClusterSpec", "shutdownAfterJobFinishes", "ttlSecondsAfterFinished"),
        *("backoffLimit", "submissionMode", "runtimeEnvYAML", "activeDeadlineSeconds"),
    }
    cluster = job["spec"]["rayClusterSpec"]
    assert set(cluster) <= {"rayVersion", "enableInTreeAutoscaling", "headGroupSpec", "workerGroupSpecs"}
    [workers] = cluster["workerGroupSpecs"]
    assert workers["minReplicas"] <= workers["replicas"] <= workers["maxReplicas"]
    for group in (cluster["headGroupSpec"], workers):
        assert all(isinstance(value, str) for value in group["rayStartParams"].values())
        [container] = group["template"]["spec"]["containers"]
        assert {"name", "image", "resources"} <= set(container)


def test_its_image_has_its_version_of_ray():
    job = yaml.safe_load(MANIFEST.read_text("utf-8"))
    image = MANIFEST.with_name("Dockerfile").read_text("utf-8")
    assert f'"ray[default]=={job["spec"]["rayClusterSpec"]["rayVersion"]}"' in image


def test_its_command_is_taken(monkeypatch):
    jobs = []
    monkeypatch.setattr("kyket.batch.run", lambda job: jobs.append(job) or Progress())
    program, *arguments = shlex.split(yaml.safe_load(MANIFEST.read_text("utf-8"))["spec"]["entrypoint"])
    assert program == "kyket" and CliRunner().invoke(app, arguments).exit_code == 0
    [job] = jobs
    assert (job.engine, job.workers, str(job.output)) == ("ray", 64, "s3://BUCKET/documents")
