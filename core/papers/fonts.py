"""The fonts papers are set in: an open Chinese font that comes along, or what a court puts in its place."""

from functools import cached_property
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from attrs import define

if TYPE_CHECKING:
    import typst

_COMES_ALONG = "paperang_p2_fonts_cjk"
OPEN_FAMILY = "WenQuanYi Micro Hei"


class NoFont(Exception):
    """The font that the settings name is not there."""


def open_folder() -> Path:
    """Return the folder of the font that comes along.

    Raises:
        NoFont: the package is not installed.
    """
    found = find_spec(_COMES_ALONG)
    if found is None or found.origin is None:
        raise NoFont("the package paperang-p2-fonts-cjk is not installed; run: make install")
    return Path(found.origin).parent / "fonts"


@define(slots=False)
class PaperFonts:
    """The family that papers are set in, and the folder it lies in; characters it lacks come from the open font."""

    family: str = OPEN_FAMILY
    folder: Path | None = None

    @cached_property
    def known(self) -> "typst.Fonts":
        """The fonts as the typesetter knows them: those of the folders, none of the machine's.

        Raises:
            NoFont: none of them is of the family.
        """
        import typst

        folders: list[str] = [str(one) for one in (self.folder, open_folder()) if one is not None]
        made = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=folders)
        if self.family not in made.families():
            raise NoFont(
                f"no font of the family {self.family!r} in {', '.join(folders)}; there are: {', '.join(made.families())}"
            )
        return made

    @property
    def families(self) -> list[str]:
        """The families in the order they are asked for a character."""
        return list(dict.fromkeys([self.family, OPEN_FAMILY]))

    @cached_property
    def file(self) -> tuple[Path, int]:
        """The file of the family's regular face, and its place in a collection."""
        faces = [one for one in self.known.fonts() if one.family == self.family and one.path]
        best = min(faces, key=lambda one: (abs(one.weight - 400), one.style != "normal"))
        assert best.path is not None
        return Path(best.path), best.index
