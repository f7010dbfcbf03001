"""What a shell offers when Tab is pressed: scripts for bash, zsh and fish.

They are made from the commands' definitions, so each knows every command, option and choice. The
names of letters are asked of ``tui-inbox completion letters`` when they are wanted.
"""

from __future__ import annotations

from tui_inbox.cli.completions.bash import bash_script
from tui_inbox.cli.completions.fish import fish_script
from tui_inbox.cli.completions.zsh import zsh_script

__all__ = ["bash_script", "fish_script", "zsh_script"]
