//! A square of pixels that maplibre-rs paints on.
//!
//! The renderer paints one tile of 4096 units, opaque, on white, four samples to a pixel. Three things make more
//! of it:
//!
//! - Vertices arrive on a finer grid than that of the tile, and strokes in the width that they should have
//!   ([`crate::tessellate`]).
//! - Colours are painted with an alpha of nought over white with an alpha of one. Nothing is blended, but samples
//!   are averaged: what is missing of the alpha is the share of the pixel that is covered.
//! - What is more than the renderer's buffers hold is painted in batches, one over the other.

use std::cell::RefCell;
use std::ops::Range;
use std::rc::Rc;

use csscolorparser::Color;
use maplibre::context::MapContext;
use maplibre::headless::HeadlessPlugin;
use maplibre::headless::environment::HeadlessEnvironment;
use maplibre::headless::map::HeadlessMap;
use maplibre::headless::window::HeadlessMapWindowConfig;
use maplibre::io::apc::SchedulerAsyncProcedureCall;
use maplibre::kernel::{Kernel, KernelBuilder};
use maplibre::platform::http_client::ReqwestHttpClient;
use maplibre::platform::scheduler::TokioScheduler;
use maplibre::plugin::Plugin;
use maplibre::render::graph::RenderGraph;
use maplibre::render::resource::Head;
use maplibre::render::settings::{RendererSettings, WgpuSettings};
use maplibre::render::{RenderPlugin, RenderStageLabel, Renderer};
use maplibre::schedule::Schedule;
use maplibre::style::Style;
use maplibre::style::layer::{FillPaint, LayerPaint, StyleLayer};
use maplibre::tcs::world::World;
use maplibre::vector::{DefaultVectorTransferables, VectorPlugin};
use maplibre::window::{MapWindowConfig, WindowSize};
use tokio::runtime::Runtime;

use crate::tessellate::{Tessellated, tessellated};
use crate::wire::{Device, LARGEST_SIDE, Order, Pass};

/// Side of the renderer's tile, units.
const TILE: f32 = 4096.0;

/// Bytes of layers that are painted at once, but for a layer that is larger by itself. A vertex takes at least two
/// and becomes six indices at most; the renderer's pools hold ten million.
const BATCH_BYTES: usize = 1 << 20;

/// Layers that are painted at once: each has a depth of its own, and there are only so many before the camera.
const BATCH_PASSES: usize = 32;

/// Paints orders of any size up to [`LARGEST_SIDE`].
pub struct Canvas {
    runtime: Runtime,
    square: Square,
    device: Device,
}

impl Canvas {
    /// Finds a device to paint with.
    pub fn new() -> Result<Self, String> {
        let runtime = tokio::runtime::Builder::new_current_thread().build();
        let runtime = runtime.map_err(|error| error.to_string())?;
        let (square, device) = Square::new(&runtime, 256)?;
        Ok(Self { runtime, square, device })
    }

    /// What it paints with.
    pub fn device(&self) -> &Device {
        &self.device
    }

    /// Paints an order: red, green, blue, coverage of each pixel, colours premultiplied.
    pub fn paint(&mut self, order: &Order, layers: &[Vec<u8>]) -> Result<Vec<u8>, String> {
        let side = order.width.max(order.height).next_power_of_two().max(256);
        if side > LARGEST_SIDE || order.width.min(order.height) == 0 {
            return Err(format!("{}×{} pixels are not painted", order.width, order.height));
        }
        // A larger square serves, but is slower; one is kept, so that memory stays what the last picture needed.
        if side != self.square.side {
            self.square = Square::new(&self.runtime, side)?.0;
        }
        let mut picture = vec![0; order.width as usize * order.height as usize * 4];
        #[expect(clippy::cast_precision_loss, reason = "some thousand pixels")]
        let unit = TILE / side as f32;
        // As many at once as there are processors: tessellation is most of the work.
        let batches = batches(layers);
        let threads = std::thread::available_parallelism().map_or(1, usize::from);
        for some in batches.chunks(threads) {
            let work = |batch: &Range<usize>| {
                tessellated(&order.passes, batch.clone(), &layers[batch.clone()].concat(), unit)
            };
            let ready: Vec<Vec<Tessellated>> = std::thread::scope(|scope| {
                let started: Vec<_> =
                    some.iter().map(|batch| scope.spawn(|| work(batch))).collect();
                started
                    .into_iter()
                    .map(|one| one.join().map_err(|_| "a layer cannot be read"))
                    .collect::<Result<_, _>>()
            })?;
            for (batch, ready) in some.iter().zip(ready) {
                self.square.paint(&order.passes[batch.clone()], batch.start, ready);
                self.square.lay_over(&mut picture, order.width as usize);
            }
        }
        Ok(picture)
    }
}

/// Layers that are painted at once.
fn batches(layers: &[Vec<u8>]) -> Vec<Range<usize>> {
    let mut batches = Vec::new();
    let mut first = 0;
    while first < layers.len() {
        let mut bytes = 0;
        let fits = |layer: &&Vec<u8>| {
            bytes += layer.len();
            bytes <= BATCH_BYTES
        };
        let count = layers[first..].iter().take(BATCH_PASSES).take_while(fits).count().max(1);
        batches.push(first..first + count);
        first += count;
    }
    batches
}

/// A renderer and its square.
struct Square {
    side: u32,
    map: HeadlessMap,
    desk: Rc<Desk>,
}

/// What lies between the renderer and us: it keeps its context to itself, but lets plugins see it.
#[derive(Default)]
struct Desk {
    style: RefCell<Vec<StyleLayer>>,
    pixels: RefCell<Vec<u8>>,
}

impl Square {
    fn new(runtime: &Runtime, side: u32) -> Result<(Self, Device), String> {
        let extent = WindowSize::new(side, side).ok_or("no size")?;
        let kernel: Kernel<HeadlessEnvironment> = KernelBuilder::new()
            .with_map_window_config(HeadlessMapWindowConfig::new(extent))
            .with_http_client(ReqwestHttpClient::new(None))
            .with_apc(SchedulerAsyncProcedureCall::new(TokioScheduler::new()))
            .with_scheduler(TokioScheduler::new())
            .build();
        let window = HeadlessMapWindowConfig::new(extent).create();
        let (wgpu, settings) = (WgpuSettings::default(), RendererSettings::default());
        let renderer = Renderer::initialize_headless(&window, wgpu, settings);
        let renderer = runtime.block_on(renderer).map_err(|error| format!("{error:?}"))?;
        let info = renderer.adapter.get_info();
        let device =
            Device { name: info.name, is_software: format!("{:?}", info.device_type) == "Cpu" };
        let desk = Rc::<Desk>::default();
        let plugins: Vec<Box<dyn Plugin<HeadlessEnvironment>>> = vec![
            Box::new(RenderPlugin),
            Box::new(VectorPlugin::<DefaultVectorTransferables>::default()),
            Box::new(HeadlessPlugin::new(false)),
            Box::new(Window(desk.clone())),
        ];
        let map = HeadlessMap::new(
            Style { layers: Vec::new(), ..Style::default() },
            renderer,
            kernel,
            plugins,
        )
        .map_err(|error| error.to_string())?;
        Ok((Self { side, map, desk }, device))
    }

    /// Paints layers, the first of which has this number, on white.
    fn paint(&mut self, passes: &[Pass], first: usize, layers: Vec<Tessellated>) {
        *self.desk.style.borrow_mut() = (first..)
            .zip(1..)
            .zip(passes)
            .map(|((number, index), pass)| style(number.to_string(), index, *pass))
            .collect();
        self.map.render_tile(layers.into_iter().map(Box::new).collect());
    }

    /// Lays what was painted over a picture that is so many pixels wide.
    fn lay_over(&self, picture: &mut [u8], width: usize) {
        let pixels = self.desk.pixels.borrow();
        let rows = pixels.chunks_exact(self.side as usize * 4);
        for (row, under) in rows.zip(picture.chunks_exact_mut(width * 4)) {
            for (painted, under) in row.chunks_exact(4).zip(under.chunks_exact_mut(4)) {
                let white = painted[3];
                if white == u8::MAX {
                    continue;
                }
                let over = [0, 1, 2].map(|color| painted[color].saturating_sub(white));
                for (under, over) in
                    under.iter_mut().zip([over[0], over[1], over[2], u8::MAX - white])
                {
                    let left = (u16::from(*under) * u16::from(white) + 127) / 255;
                    *under = over.saturating_add(u8::try_from(left).unwrap_or(u8::MAX));
                }
            }
        }
    }
}

fn style(name: String, index: u32, pass: Pass) -> StyleLayer {
    let [r, g, b] = pass.color.map(|part| f64::from(part) / 255.0);
    // Strokes are tessellated as such whatever the layer is called; a fill has the colour all the same.
    let paint = FillPaint { fill_color: Some(Color { r, g, b, a: 0.0 }) };
    StyleLayer {
        index,
        id: name.clone(),
        source_layer: Some(name),
        paint: Some(LayerPaint::Fill(paint)),
        ..StyleLayer::default()
    }
}

/// Hands the renderer its style, and takes its pixels.
struct Window(Rc<Desk>);

impl Plugin<HeadlessEnvironment> for Window {
    fn build(
        &self,
        schedule: &mut Schedule,
        _: Rc<Kernel<HeadlessEnvironment>>,
        _: &mut World,
        _: &mut RenderGraph,
    ) {
        let desk = self.0.clone();
        schedule.add_system_to_stage(RenderStageLabel::Prepare, move |context: &mut MapContext| {
            context.style.layers.clone_from(&desk.style.borrow());
        });
        let desk = self.0.clone();
        schedule.add_system_to_stage(RenderStageLabel::Cleanup, move |context: &mut MapContext| {
            let renderer = &context.renderer;
            if let Head::Headless(head) = renderer.resources.surface().head() {
                let seen = head.map_async(&renderer.device).get_mapped_range();
                let mut pixels = desk.pixels.borrow_mut();
                pixels.clear();
                pixels.extend_from_slice(&seen);
                drop(seen);
                head.unmap();
            }
        });
    }
}
