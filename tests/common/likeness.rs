//! How alike two pictures are.

/// A picture in shades of grey.
pub struct Grey {
    pub width: usize,
    pub height: usize,
    shades: Vec<f64>,
}

impl Grey {
    /// A PNG of four bytes a pixel, on white.
    pub fn read(bytes: &[u8]) -> Self {
        let mut reader = png::Decoder::new(std::io::Cursor::new(bytes)).read_info().unwrap();
        let mut pixels = vec![0; reader.output_buffer_size().unwrap()];
        reader.next_frame(&mut pixels).unwrap();
        let (width, height) = (reader.info().width as usize, reader.info().height as usize);
        let shade = |p: &[u8]| {
            let [r, g, b, a] = [p[0], p[1], p[2], p[3]].map(f64::from);
            (0.299 * r + 0.587 * g + 0.114 * b) * a / 255.0 + 255.0 - a
        };
        Self { width, height, shades: pixels.chunks_exact(4).map(shade).collect() }
    }

    /// Mean structural similarity over windows of eight pixels (Wang, Bovik, Sheikh, Simoncelli 2004).
    pub fn likeness(&self, other: &Self) -> f64 {
        const SIDE: usize = 8;
        const PIXELS: f64 = 64.0;
        let (mut sum, mut count) = (0.0, 0.0);
        for top in (0..self.height.saturating_sub(SIDE)).step_by(4) {
            for left in (0..self.width.saturating_sub(SIDE)).step_by(4) {
                let (mut a, mut b, mut aa, mut bb, mut ab) = (0.0, 0.0, 0.0, 0.0, 0.0);
                for row in top..top + SIDE {
                    for column in left..left + SIDE {
                        let at = row * self.width + column;
                        let (x, y) = (self.shades[at], other.shades[at]);
                        (a, b, aa, bb, ab) = (a + x, b + y, aa + x * x, bb + y * y, ab + x * y);
                    }
                }
                let (ma, mb) = (a / PIXELS, b / PIXELS);
                let (va, vb, cov) =
                    (aa / PIXELS - ma * ma, bb / PIXELS - mb * mb, ab / PIXELS - ma * mb);
                let (c1, c2) = (6.5025, 58.5225);
                sum += (2.0 * ma * mb + c1) * (2.0 * cov + c2)
                    / ((ma * ma + mb * mb + c1) * (va + vb + c2));
                count += 1.0;
            }
        }
        sum / count
    }
}
