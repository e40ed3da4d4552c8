"""What a deployment sets of the edge."""

import re
import unittest

from aula_local import edge
from aula_local.paths import Problem

LOCAL = "http://127.0.0.1:8080"


class EdgeTest(unittest.TestCase):
    def test_without_settings_any_port_of_this_machine_may_ask(self) -> None:
        values = edge.settings({}, LOCAL)

        self.assertTrue(re.fullmatch(values["CORS_ORIGINS"], "http://localhost:5173"))
        self.assertFalse(re.fullmatch(values["CORS_ORIGINS"], "https://learn.example.org"))
        self.assertIn("apollographql-client-name", values["CORS_HEADERS"].split(", "))
        self.assertEqual("max-age=0", values["HSTS"])

    def test_origins_are_exact_but_for_a_first_star(self) -> None:
        origins = edge.settings({"CORS_ORIGINS": "https://learn.example.org, https://*.example.net"}, LOCAL)["CORS_ORIGINS"]

        for origin, may in {
            "https://learn.example.org": True,
            "https://learn-example.org": False,
            "https://a.example.net": True,
            "https://a.b.example.net": False,
            "https://example.net": False,
            "http://localhost:5173": False,
        }.items():
            self.assertEqual(may, bool(re.fullmatch(origins, origin)), origin)

    def test_what_is_no_origin_and_no_header_is_named(self) -> None:
        for name, value in (("CORS_ORIGINS", "https://learn.example.org/"), ("CORS_ORIGINS", "*"), ("CORS_HEADERS", "x y")):
            with self.assertRaisesRegex(Problem, name):
                edge.settings({name: value}, LOCAL)

    def test_more_headers_come_behind_the_usual_ones(self) -> None:
        headers = edge.settings({"CORS_HEADERS": "X-Tenant,baggage"}, LOCAL)["CORS_HEADERS"].split(", ")

        self.assertEqual([*edge.HEADERS, "x-tenant"], headers)

    def test_a_public_address_with_tls_is_kept_by_browsers(self) -> None:
        self.assertTrue(edge.settings({"PUBLIC_URL": "https://learn.example.org"}, LOCAL)["HSTS"].startswith("max-age=31536000"))

    def test_no_proxy_is_trusted_and_limits_hold_unless_said(self) -> None:
        values = edge.settings({}, LOCAL)
        said = edge.settings({"TRUSTED_HOPS": "2", "API_LIMITS": "off"}, LOCAL)

        self.assertEqual(("0", "100"), (values["TRUSTED_HOPS"], values["API_LIMITS_PERCENT"]))
        self.assertEqual(("2", "0"), (said["TRUSTED_HOPS"], said["API_LIMITS_PERCENT"]))
        for name, value in (("TRUSTED_HOPS", "-1"), ("TRUSTED_HOPS", "many"), ("API_LIMITS", "no")):
            with self.assertRaisesRegex(Problem, name):
                edge.settings({name: value}, LOCAL)
