"""What a public page costs in queries, whatever the length of its lists."""

from django.test import Client, TestCase

from bench.queries import Paper, queries

MOST = 8


class QueryTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        paper = Paper()
        cls.with_one = cls.measure(paper)
        paper.add(30)
        cls.with_thirty = cls.measure(paper)

    @staticmethod
    def measure(paper):
        """{kind of page: number of queries}, the parts that every page shares being known."""
        client = Client()
        return {kind: len(queries(client, address)[1]) for kind, address in paper.addresses().items()}

    def test_no_page_costs_more_than_eight(self):
        self.assertEqual({kind: n for kind, n in self.with_thirty.items() if n > MOST}, {})

    def test_a_page_costs_the_same_with_one_story_in_its_lists_and_with_thirty(self):
        self.assertEqual(self.with_one, self.with_thirty)
