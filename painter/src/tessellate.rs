//! Layers of a tile as triangles, on any thread.

use std::cell::RefCell;
use std::ops::Range;
use std::rc::Rc;

use maplibre::coords::WorldTileCoords;
use maplibre::io::apc::{Context, IntoMessage, Message, SendError};
use maplibre::vector::{
    DefaultVectorTransferables, LayerTessellated, ProcessVectorContext, VectorTileRequest,
    VectorTransferables, process_vector_tile,
};

use crate::wire::{Pass, UNITS_PER_PIXEL};

/// A layer as the renderer takes it.
pub type Tessellated = <DefaultVectorTransferables as VectorTransferables>::LayerTessellated;

/// Normals by which the renderer's shader moves the vertices of strokes, units (`tile.vertex.wgsl`).
const SHADER_WIDTH: f32 = 3.0;

/// Tessellates the layers of a tile, which are called as the numbers of their passes; `unit` is how many units of
/// the renderer's tile a pixel is wide. Vertices come on a grid of sixteenths of a pixel and become units here, so
/// that the coarser grid of the tile does not show; normals of strokes are stretched to the width of the pass.
pub fn tessellated(
    passes: &[Pass],
    numbers: Range<usize>,
    tile: &[u8],
    unit: f32,
) -> Vec<Tessellated> {
    let found = Rc::<RefCell<Vec<Message>>>::default();
    let left = RefCell::new(numbers.len());
    let mut context = ProcessVectorContext::<DefaultVectorTransferables, Layers>::new(Layers {
        found: found.clone(),
        left,
    });
    let request = VectorTileRequest {
        coords: WorldTileCoords::default(),
        layers: numbers.map(|number| number.to_string()).collect(),
    };
    // It ends in the error with which `Layers` stops it; what is not there is not painted.
    let _ = process_vector_tile(tile, request, &mut context);
    let messages = found.take().into_iter();
    let mut layers: Vec<Tessellated> =
        messages.map(|message| *message.into_transferable::<Tessellated>()).collect();
    // The renderer stumbles over layers of which nothing is left.
    layers.retain(|layer| layer.buffer.usable_indices > 0);
    for layer in &mut layers {
        let pass = layer.layer_data.name.parse().ok().and_then(|number: usize| passes.get(number));
        let half = pass.map_or(0.0, |pass| pass.stroke / 2.0);
        for vertex in &mut layer.buffer.buffer.vertices {
            vertex.position = vertex.position.map(|at| at / UNITS_PER_PIXEL * unit);
            vertex.normal = vertex.normal.map(|part| part * half * unit / SHADER_WIDTH);
        }
        // A copy of the encoded tile that nobody reads.
        layer.layer_data.features = Vec::new();
    }
    layers
}

/// Takes the layers that are ready, and stops when it has all of them: what would come then is an index of what is
/// where, for people who point at it.
struct Layers {
    found: Rc<RefCell<Vec<Message>>>,
    left: RefCell<usize>,
}

impl Context for Layers {
    fn send<T: IntoMessage>(&self, message: T) -> Result<(), SendError> {
        let message = message.into();
        if message.has_tag(Tessellated::message_tag()) {
            self.found.borrow_mut().push(message);
            *self.left.borrow_mut() -= 1;
        }
        if *self.left.borrow() == 0 { Err(SendError::Transmission) } else { Ok(()) }
    }
}
