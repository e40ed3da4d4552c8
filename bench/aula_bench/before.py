"""Another build of Aula as the only peer: what a change costs, and what it spares. Both run over the same schema."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from aula_local import commands
from aula_local.paths import Problem

from .places import SERVER_CORE
from .sides import LoadSide
from .workloads import Comparison, Workload

SUFFIX = "_before"


def class_path(checkout: Path) -> str:
    """The jars of a checkout that `mvn package` has built."""
    folders = [checkout / folder for folder in commands.JARS]
    if missing := [str(folder) for folder in folders if not any(folder.glob("*.jar"))]:
        raise Problem(f"No jars in {', '.join(missing)}: run `mvn package -DskipTests` in that checkout first.")
    return ":".join(f"{folder}/*" for folder in folders)


def beside(workload: Workload, checkout: Path) -> Workload:
    """The workload with the other build's program in the place of all peers. The programs that both sides need stay
    those of this build."""
    ours = workload.ours
    [name] = ours.roles[ours.server]
    return replace(workload, comparisons=[Comparison(_side(ours, name, checkout), [], "the other build")], facts=None)


def _side(ours: LoadSide, name: str, checkout: Path) -> LoadSide:
    world = ours.world
    program = world.programs.service(name, SERVER_CORE, called=name + SUFFIX, jars=class_path(checkout))
    roles = {**ours.roles, ours.server: [program.name]}
    target = ours.target.replace(f":{world.ports[name]}", f":{program.port}")
    return replace(ours, name="before", roles=roles, programs=[program], target=target, warm=False)
