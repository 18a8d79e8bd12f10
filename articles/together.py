"""Several small questions to the database asked in one."""

from django.core.exceptions import EmptyResultSet
from django.db import connection


def in_one_query(querysets):
    """The rows of each queryset (made with `values_list`, of the same columns), asked for in one.

    A list of lists of tuples, in the order of `querysets`; slices are allowed. For ids and numbers: values
    come as the database gives them.
    """
    answers, parts, values = [[] for _queryset in querysets], [], []
    for number, queryset in enumerate(querysets):
        try:
            sql, params = queryset.query.sql_with_params()
        except EmptyResultSet:
            continue
        parts.append(f"SELECT {number} AS part, q{number}.* FROM ({sql}) AS q{number}")  # noqa: S608 - Django's SQL
        values += params
    if not parts:
        return answers
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(parts), values)
        for number, *row in cursor.fetchall():
            answers[number].append(tuple(row))
    return answers
