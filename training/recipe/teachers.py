"""Train the teachers of a run, and turn their answers into the targets of its network."""

from dataclasses import replace

from training.network.architectures import build_network
from training.network.calibration import with_temperature
from training.recipe.checkpoint import Progress
from training.recipe.fit import Run, fit
from training.recipe.run_folder import ANSWERS
from training.recipe.targets import DistillationTargets, LabelTargets, Targets


def train_teachers(run: Run) -> list[Progress]:
    """Train the teachers of a run, or those that are left; KeyboardInterrupt if the run is stopped."""
    finished = []
    for number in range(1, run.settings.teachers + 1):
        settings = run.settings.of_teacher(number)
        folder = run.folder / f"teacher-{number}"
        folder.mkdir(exist_ok=True)
        if run.group.is_chief:
            print(f"teacher {number} of {run.settings.teachers}:", flush=True)
        targets = LabelTargets(run.split.training.labels, settings)
        finished.append(fit(replace(run, folder=folder, settings=settings), targets))
        if run.stop.is_set():
            raise KeyboardInterrupt
    return finished


def targets_of(teachers: list[Progress], run: Run) -> Targets:
    """Return what the network of a run learns: the teachers' answers, or the labels if there are none."""
    if not teachers:
        return LabelTargets(run.split.training.labels, run.settings)
    models = []
    for progress in teachers:
        model = build_network(name=progress.settings["network"])
        model.set_weights(with_temperature(progress.best_weights, progress.best["temperature"]))
        models.append(model)
    return DistillationTargets(models, run.split, run.settings, run.folder / ANSWERS, run.group)
