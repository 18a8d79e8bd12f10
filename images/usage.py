"""Where pictures are used: the apps above say so through functions they register."""

_functions = []


def register(function):
    """Add `function(image_ids) -> [(image id, words, admin address)]`. Call it in AppConfig.ready."""
    if function not in _functions:
        _functions.append(function)


def of(image_ids):
    """Every known use of these pictures: `{image id: [(words, admin address)]}`, each id present."""
    found = {pk: [] for pk in image_ids}
    for function in _functions:
        for image_id, words, address in function(list(image_ids)):
            found.setdefault(image_id, []).append((words, address))
    return found
