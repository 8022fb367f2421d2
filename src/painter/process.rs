//! One painter under way: a child process, and the talk with it.

use std::io::{BufReader, BufWriter, Write};
use std::path::Path;
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::time::{Duration, Instant};

use crate::painter::Plate;
use crate::painter::wire::{Device, OK, receive, send};
use crate::query::Budget;

/// How often is looked whether the client is still there.
const LOOK: Duration = Duration::from_millis(20);

/// Why there is no painter.
#[derive(Debug, thiserror::Error)]
pub enum Unstarted {
    /// The program does not run.
    #[error("{0}")]
    Program(std::io::Error),
    /// It runs and cannot paint: mostly it finds no Vulkan.
    #[error("{0}")]
    Device(String),
    /// It does not greet.
    #[error("it does not greet: {0}")]
    Greeting(Lost),
    /// It greets in other words.
    #[error("it greets in words of another version: {0}")]
    Words(#[from] serde_json::Error),
}

/// Why a plate was not painted.
#[derive(Debug, thiserror::Error)]
pub enum Lost {
    /// It said so.
    #[error("{0}")]
    Said(String),
    /// It does not answer.
    #[error("no answer within {0:?}")]
    Hung(Duration),
    /// Whoever asked has gone.
    #[error("nobody waits for the picture any more")]
    Unwanted,
    /// It is gone.
    #[error("it has ended ({0})")]
    Ended(std::io::Error),
    /// It answers something else.
    #[error("its answer has {0} bytes, not four a pixel")]
    Mistaken(usize),
}

/// A painter that runs. Ends with its owner.
#[derive(Debug)]
pub struct Process {
    child: Child,
    streams: Option<Streams>,
    device: Device,
}

#[derive(Debug)]
struct Streams {
    orders: BufWriter<ChildStdin>,
    answers: BufReader<ChildStdout>,
}

impl Process {
    /// Starts a program and waits for its greeting.
    pub fn start(program: &Path, patience: Duration) -> Result<Self, Unstarted> {
        let mut child = Command::new(program)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .map_err(Unstarted::Program)?;
        let streams = child.stdin.take().zip(child.stdout.take());
        let streams = streams.map(|(orders, answers)| Streams {
            orders: BufWriter::new(orders),
            answers: BufReader::new(answers),
        });
        let device = Device { name: String::new(), is_software: true };
        let mut process = Self { child, streams, device };
        let greeting = process
            .watched(patience, &Budget::unlimited(), |streams| {
                Ok([receive(&mut streams.answers)?, receive(&mut streams.answers)?])
            })
            .map_err(Unstarted::Greeting)?;
        let [word, device] = greeting;
        if word != OK {
            return Err(Unstarted::Device(String::from_utf8_lossy(&word).into_owned()));
        }
        process.device = serde_json::from_slice(&device)?;
        Ok(process)
    }

    /// What it paints with.
    pub fn device(&self) -> &Device {
        &self.device
    }

    /// Its number.
    pub fn id(&self) -> u32 {
        self.child.id()
    }

    /// Has a plate painted. After an error the painter is out of step, or no more: it is not asked again.
    pub fn paint(
        &mut self,
        plate: Plate,
        patience: Duration,
        budget: &Budget,
    ) -> Result<Vec<u8>, Lost> {
        let (order, tiles) = plate.into_order();
        let pixels = order.width as usize * order.height as usize * 4;
        let [word, answer] = self.watched(patience, budget, |streams| {
            send(&mut streams.orders, &serde_json::to_vec(&order)?)?;
            tiles.iter().try_for_each(|tile| send(&mut streams.orders, tile))?;
            streams.orders.flush()?;
            Ok([receive(&mut streams.answers)?, receive(&mut streams.answers)?])
        })?;
        if word != OK {
            return Err(Lost::Said(String::from_utf8_lossy(&word).into_owned()));
        }
        if answer.len() == pixels { Ok(answer) } else { Err(Lost::Mistaken(answer.len())) }
    }

    /// Talks on a thread of its own, and ends the painter where that takes too long or nobody waits any more:
    /// whoever reads from it or writes to it then finds the stream closed.
    fn watched<T: Send>(
        &mut self,
        patience: Duration,
        budget: &Budget,
        talk: impl FnOnce(&mut Streams) -> std::io::Result<T> + Send,
    ) -> Result<T, Lost> {
        let gone = || Lost::Ended(std::io::ErrorKind::BrokenPipe.into());
        let streams = self.streams.as_mut().ok_or_else(gone)?;
        let child = &mut self.child;
        let (said, heard) = channel();
        std::thread::scope(|scope| {
            scope.spawn(move || {
                let _ = said.send(talk(streams));
            });
            let start = Instant::now();
            let reason = loop {
                match heard.recv_timeout(LOOK) {
                    Ok(answer) => return answer.map_err(Lost::Ended),
                    Err(RecvTimeoutError::Disconnected) => break gone(),
                    Err(RecvTimeoutError::Timeout) if start.elapsed() >= patience => {
                        break Lost::Hung(patience);
                    }
                    Err(RecvTimeoutError::Timeout) if budget.check().is_err() => {
                        break Lost::Unwanted;
                    }
                    Err(RecvTimeoutError::Timeout) => {}
                }
            };
            // The thread of the talk ends with the streams, and the scope with the thread.
            let _ = child.kill();
            Err(reason)
        })
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        // It ends by itself where its orders end; a painter that hangs does not.
        drop(self.streams.take());
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
