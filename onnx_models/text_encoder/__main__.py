"""`python -m onnx_models.text_encoder --out FOLDER` rebuilds the embedded pack's text encoder."""

from pathlib import Path

import click

from onnx_models.text_encoder.build import build


@click.command()
@click.option("--out", type=click.Path(path_type=Path, file_okay=False), required=True)
def main(out: Path) -> None:
    """Write text.onnx, tokenizer.json and the note of their origin into the folder OUT."""
    for path in build(out):
        click.echo(f"{path}: {path.stat().st_size / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
