//! What the crate promises, one file per module and one for each long-running promise.

mod corruptions;
mod digits;
mod evidence;
mod merkle;
mod network;
mod presence;
mod product;
mod receipt;
mod result;
mod support;
mod vectors;
mod voucher;
