//! A module whose output is known: what `doctor` runs to show that the executor works.
//!
//! It copies eight bytes and adds the bits of 0 ÷ 0, which processors write differently unless the
//! engine is told not to:
//!
//! ```text
//! (module
//!   (import "wasi_snapshot_preview1" "fd_read" (func $read (param i32 i32 i32 i32) (result i32)))
//!   (import "wasi_snapshot_preview1" "fd_write" (func $write (param i32 i32 i32 i32) (result i32)))
//!   (memory (export "memory") 1)
//!   (func (export "_start")
//!     (i32.store (i32.const 0) (i32.const 16))
//!     (i32.store (i32.const 4) (i32.const 8))
//!     (drop (call $read (i32.const 0) (i32.const 0) (i32.const 1) (i32.const 8)))
//!     (f32.store (i32.const 24) (f32.div (f32.load (i32.const 100)) (f32.load (i32.const 100))))
//!     (i32.store (i32.const 4) (i32.const 12))
//!     (drop (call $write (i32.const 1) (i32.const 0) (i32.const 1) (i32.const 8)))))
//! ```

/// The item.
pub const INPUT: &[u8] = b"terminal";
/// Its output: the item, then a NaN with the bits that are right everywhere.
pub const OUTPUT: &[u8] = b"terminal\x00\x00\xc0\x7f";
/// The module above, section by section.
pub const MODULE: &[u8] = b"\
	\x00asm\x01\x00\x00\x00\
	\x01\x0c\x02`\x04\x7f\x7f\x7f\x7f\x01\x7f`\x00\x00\
	\x02D\x02\x16wasi_snapshot_preview1\x07fd_read\x00\x00\x16wasi_snapshot_preview1\x08fd_w\
	rite\x00\x00\
	\x03\x02\x01\x01\
	\x05\x03\x01\x00\x01\
	\x07\x13\x02\x06memory\x02\x00\x06_start\x00\x02\
	\x0aA\x01?\x00A\x00A\x106\x02\x00A\x04A\x086\x02\x00A\x00A\x00A\x01A\x08\x10\x00\x1aA\
	\x18A\xe4\x00*\x02\x00A\xe4\x00*\x02\x00\x958\x02\x00A\x04A\x0c6\x02\x00A\x01A\x00A\x01A\
	\x08\x10\x01\x1a\x0b\
";
