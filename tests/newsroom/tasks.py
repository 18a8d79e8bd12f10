from django_tasks import task


@task()
def note(word):
    return word
