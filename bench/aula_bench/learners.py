"""Many learners who are signed in at once."""

from __future__ import annotations

import time

from .places import WORK
from .world import LEARNER, TOKEN_SECONDS, World, password_of


class Learners:
    """Their tokens, in a file of the order of their addresses. Their password is the demo student's."""

    def __init__(self, world: World, emails: list[str]) -> None:
        self.world, self.emails, self._until = world, emails, 0.0
        self.tokens = WORK / f"{emails[0]}.tokens"

    async def sign_in(self) -> None:
        if time.monotonic() < self._until:
            return
        password = password_of(LEARNER)
        logins = [{"identifier": email, "password": password} for email in self.emails]
        answers = await self.world.calls("auth", "aula.auth.v1.AuthService/Login", logins)
        self.tokens.write_text("".join(answer["tokens"]["accessToken"] + "\n" for answer in answers))
        self._until = time.monotonic() + TOKEN_SECONDS

    def options(self) -> list[str]:
        """What the load generator is told, so that request n goes with the token of learner n."""
        return ["-tokens", str(self.tokens)]
