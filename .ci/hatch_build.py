"""What a wheel ships beside the package: completions and the man page, made from the commands.

Made at build time, so that they cannot differ from the commands that they are shipped with.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class CustomBuildHook(BuildHookInterface):
    """Called by hatchling for each wheel."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        # An editable install follows the sources, which files that were made once would not.
        if version == "editable":
            return
        self.folder = tempfile.TemporaryDirectory(prefix="tui-inbox-")
        for name, text in self._files().items():
            file = Path(self.folder.name, Path(name).name)
            file.write_text(text, encoding="utf-8")
            build_data["shared_data"][str(file)] = f"share/{name}"

    def finalize(self, version: str, *_: object) -> None:
        if version != "editable":
            self.folder.cleanup()

    def _files(self) -> dict[str, str]:
        sys.path.insert(0, self.root)
        try:
            from tui_inbox.cli.completions import bash_script, fish_script, zsh_script
            from tui_inbox.cli.manual import man_page, page
            from tui_inbox.locale import Messages

            # The man page is in English: man-db's groff leaves Thai marks out.
            return {
                "man/man1/tui-inbox.1": man_page(page(Messages("en"))),
                "bash-completion/completions/tui-inbox": bash_script(),
                "zsh/site-functions/_tui-inbox": zsh_script(Messages("th")),
                "fish/vendor_completions.d/tui-inbox.fish": fish_script(Messages("th")),
            }
        finally:
            sys.path.remove(self.root)
