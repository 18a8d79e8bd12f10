"""Write the whole search index anew."""

from django.core.management import BaseCommand

from articles.models import Article
from search import entries

BATCH = 200


class Command(BaseCommand):
    help = "Writes the search index anew: after a restore, or when a language's stems changed."

    def handle(self, **options):
        last, done = 0, 0
        while batch := list(Article.objects.filter(pk__gt=last).order_by("pk")[:BATCH]):
            entries.write(batch)
            last, done = batch[-1].pk, done + len(batch)
        self.stdout.write(f"{done} articles indexed.")
