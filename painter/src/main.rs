//! Paints areas and strokes with maplibre-rs for the server, which starts this program and talks to it over its
//! standard streams ([`wire`] says how). It ends where its orders end.
//!
//! What it cannot bear (no Vulkan, a lost device) ends it: the server goes on without it, and starts another.

mod canvas;
mod tessellate;
#[path = "../../src/painter/wire.rs"]
mod wire;

use std::io::{BufReader, BufWriter, ErrorKind, Read, Result, Write};
use std::process::ExitCode;

use canvas::Canvas;
use wire::{OK, Order, receive, send};

fn main() -> ExitCode {
    let mut answers = BufWriter::new(std::io::stdout().lock());
    let mut orders = BufReader::new(std::io::stdin().lock());
    let mut canvas = match Canvas::new() {
        Ok(canvas) => canvas,
        Err(reason) => {
            let _ = answer(&mut answers, reason.as_bytes(), b"");
            return ExitCode::FAILURE;
        }
    };
    let device = serde_json::to_vec(canvas.device()).unwrap_or_default();
    let greeted = answer(&mut answers, OK, &device);
    let served = greeted.and_then(|()| serve(&mut canvas, &mut orders, &mut answers));
    match served {
        Err(error) if error.kind() != ErrorKind::UnexpectedEof => ExitCode::FAILURE,
        _ => ExitCode::SUCCESS,
    }
}

/// Answers orders until there are no more.
fn serve(canvas: &mut Canvas, orders: &mut impl Read, answers: &mut impl Write) -> Result<()> {
    loop {
        let order: Order = serde_json::from_slice(&receive(orders)?)?;
        let layers: Vec<Vec<u8>> =
            order.passes.iter().map(|_| receive(orders)).collect::<Result<_>>()?;
        match canvas.paint(&order, &layers) {
            Ok(pixels) => answer(answers, OK, &pixels)?,
            Err(reason) => answer(answers, reason.as_bytes(), b"")?,
        }
    }
}

fn answer(answers: &mut impl Write, word: &[u8], content: &[u8]) -> Result<()> {
    send(answers, word)?;
    send(answers, content)?;
    answers.flush()
}
