//! Layered networks (runner `layered-network`, version 1): convolution, pooling and attention in
//! integers, too much work for the runtime to run again as a whole, cut so that it never has to.
//!
//! # Format
//!
//! Little-endian, nothing is aligned. A header, then the rows of weights of all layers.
//!
//! ```text
//! magic       4  "TCNN"
//! version   u16  2 (1 is crate::network)
//! layers    u16  1 ..= 32
//! height     u8  of the input, at least 1
//! width      u8
//! channels  u16
//! then 16 bytes per layer
//!   kind        u8  1 convolution, 2 greatest of a window, 3 sum of a window, 4 attention
//!   output      u8  kinds 1 and 3: 0 raw (last layer only), 1 positive, 2 signed; else 0
//!   shift       u8  at most 62
//!   kernel      u8  height, u8 width; attention: heads, 0
//!   stride      u8  at least 1; attention: 0
//!   padding     u8  kind 1: less than both kernel sides; else 0
//!   zero        u8
//!   channels   u16  kind 1: of the output; else 0
//!   cut        u16  values per piece: a multiple of the output's channels, or a divisor of them
//!                   (then there are weights: kind 1)
//!   multiplier u32  at most 2³¹ − 1
//! then per convolution and output channel one row
//!   bias        i32
//!   weights     kernel height × kernel width × input channels, int8
//! ```
//!
//! What has no meaning is 0; `shift` and `multiplier` have none for raw outputs and kind 2. Values
//! lie position after position, row by row, the channels of one position together. A dense layer is a
//! convolution whose kernel is the whole image, and one on every token a convolution of 1 × 1.
//! Whether bytes are a network is said by the header and their length alone.
//!
//! # Evaluation
//!
//! The input is one int8 per byte. Rescaling is that of [`crate::network`], clamped to 0 ..= 127
//! (positive) or −128 ..= 127 (signed). Raw outputs are int32.
//!
//! ```text
//! convolution  bias + Σ weight · value over the window, 0 outside the image; modulo 2³²; output
//! greatest     of the window, per channel
//! sum          of the window, per channel; output
//! attention    channels are q, k, v, each of heads × width; per position t and head
//!   s_j = clamp(rescaled(q_t · k_j), −128, 127)      m = greatest of all s_j
//!   e_j = TABLE[(m − s_j) mod 16] >> ((m − s_j) div 16)            2^(16 − (m − s_j) / 16)
//!   y_c = ⌊(2 Σ e_j v_jc + Σ e_j) / (2 Σ e_j)⌋                     the mean, half up
//! ```
//!
//! Softmax is to the base 2^(1/16), which the rescale of the scores absorbs; its table is rounded
//! once, here, so every machine divides the same integers. Sums stay far below 2⁶³: at most 2¹⁴
//! positions of at most 2¹⁶ · 2⁷.
//!
//! # Result
//!
//! ```text
//! digest of a piece = H(0x00 | "tct/piece" | piece u32 | length u32 | its values)
//! result = values of the last layer | digests of all pieces of all layers before, in order
//! ```
//!
//! [`evaluate`] is total: bytes that are no network, an input of another length and a result above
//! the limit all give the empty result.
//!
//! # Pieces
//!
//! A wrong result has another length than the right one, or a *first* piece that is wrong. All
//! pieces before it are right, so everybody can compute the values it was made from: nobody has to
//! ask the provider for anything. [`cut`] makes that proof and [`check_piece`] runs one piece again.
//! In a right result every shown value is the right one and every piece is right, so it has none.

mod evaluate;
mod format;
mod piece;

pub use evaluate::{check, evaluate};
pub use format::{
	encode, FormatError, Kind, Layer, Output, Plan, Rescale, Shape, HEADER, MAX_LAYERS, MAX_PIECES,
	MAX_PIECE_WEIGHTS, MAX_PIECE_WORK, MAX_VALUES, MAX_WORK, VERSION,
};
pub use piece::{check_piece, cut, Excerpt, PieceCheck, PieceProof, Weights};
