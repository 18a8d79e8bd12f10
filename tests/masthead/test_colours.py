"""The accent must be legible on both papers."""

from django.core.exceptions import ValidationError
from django.test import SimpleTestCase

from masthead.colours import (
    contrast_on_tint,
    hex_of_oklch,
    legible_on_dark,
    legible_on_light,
    linear_of_hex,
    luminance,
)


class ConversionTests(SimpleTestCase):
    def test_known_colours_come_out_as_the_css_specification_has_them(self):
        # CSS Color 4, its own examples of oklch() for named colours.
        known = {
            (0.62796, 0.25768, 29.234): "#ff0000",
            (0.51975, 0.17686, 142.495): "#008000",
            (0.45201, 0.31321, 264.052): "#0000ff",
            (1, 0, 0): "#ffffff",
            (0, 0, 0): "#000000",
        }
        for oklch, colour in known.items():
            self.assertEqual(hex_of_oklch(*oklch), colour)

    def test_luminance_runs_from_black_to_white(self):
        self.assertEqual(luminance(linear_of_hex("#000000")), 0)
        self.assertAlmostEqual(luminance(linear_of_hex("#ffffff")), 1)

    def test_the_contrasts_that_were_measured_for_the_default_accents(self):
        self.assertAlmostEqual(contrast_on_tint(hex_of_oklch(0.41, 0.15, 25), "light"), 8.4, delta=0.1)
        self.assertAlmostEqual(contrast_on_tint(hex_of_oklch(0.77, 0.11, 28), "dark"), 7.8, delta=0.1)


class ValidatorTests(SimpleTestCase):
    def test_deep_colours_pass_on_light_paper_and_pale_ones_on_dark(self):
        legible_on_light("#8a161b"), legible_on_light("#102a56")
        legible_on_dark("#f2998d"), legible_on_dark("#9DB9E8")

    def test_what_is_too_weak_is_refused_with_its_ratio_and_what_to_do(self):
        with self.assertRaisesMessage(ValidationError, "Choose a darker one."):
            legible_on_light("#d04040")
        with self.assertRaisesMessage(ValidationError, "7 is needed. Choose a lighter one."):
            legible_on_dark("#8a161b")

    def test_what_is_no_colour_is_refused(self):
        for text in ("red", "#fff", "#12345g", "#8a161b;}", "", "#8a161b\n"):
            with self.assertRaisesMessage(ValidationError, "such as #8c1d18"):
                legible_on_light(text)
