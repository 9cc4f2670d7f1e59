//! What the host keeps of one run: its streams, its bounds and why it was stopped.

use bytes::Bytes;
use wasmtime::{Error, ResourceLimiter, Result};

/// Elements of a table: 8 bytes each.
const MAX_TABLE: usize = 1 << 20;
/// Bytes kept of standard error.
const MAX_COMPLAINT: usize = 2_048;

/// Why the host ended a run.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Stop {
	#[error("exit code {0}")]
	Exit(i32),
	#[error("too much output")]
	Output,
	#[error("too much memory")]
	Memory,
	#[error("too much time")]
	Time,
	#[error("given up")]
	Abandoned,
}

/// One run's state.
pub struct State {
	input: Bytes,
	output: Vec<u8>,
	complaint: Vec<u8>,
	most_output: usize,
	most_memory: usize,
	beyond_its_own: bool,
	/// What the clock shows next, in nanoseconds.
	pub clock: u64,
	/// What random bytes are drawn from, and how many pieces of 32 were.
	pub seed: [u8; 32],
	pub drawn: u64,
}

impl State {
	pub fn new(input: Bytes, seed: [u8; 32], most_output: usize, most_memory: usize) -> Self {
		Self {
			input,
			output: Vec::new(),
			complaint: Vec::new(),
			most_output,
			most_memory,
			beyond_its_own: false,
			clock: 0,
			seed,
			drawn: 0,
		}
	}

	/// The next bytes of the input, at most `length`.
	pub fn read(&mut self, length: u32) -> Bytes {
		let length = self.input.len().min(length as usize);
		self.input.split_to(length)
	}

	/// More output.
	pub fn write(&mut self, bytes: &[u8]) -> Result<()> {
		if self.output.len().saturating_add(bytes.len()) > self.most_output {
			return Err(Stop::Output.into());
		}
		self.output.extend_from_slice(bytes);
		Ok(())
	}

	/// More of what is for people; the beginning is kept.
	pub fn complain(&mut self, bytes: &[u8]) {
		let room = MAX_COMPLAINT.saturating_sub(self.complaint.len());
		let kept = bytes.get(..room).unwrap_or(bytes);
		self.complaint.extend_from_slice(kept);
	}

	/// What was said on standard error.
	pub fn complaint(&self) -> String {
		String::from_utf8_lossy(&self.complaint).trim().into()
	}

	pub fn into_output(self) -> Vec<u8> {
		self.output
	}
}

/// Growth beyond the bound ends the run instead of failing in it: a program that could see the
/// bound could give another output where it is another one.
impl ResourceLimiter for State {
	fn memory_growing(&mut self, _: usize, wanted: usize, maximum: Option<usize>) -> Result<bool> {
		// Beyond what the module itself declares growth fails, everywhere.
		self.beyond_its_own = maximum.is_some_and(|maximum| wanted > maximum);
		if wanted > self.most_memory && !self.beyond_its_own {
			return Err(Stop::Memory.into());
		}
		Ok(true)
	}

	fn memory_grow_failed(&mut self, _: Error) -> Result<()> {
		match self.beyond_its_own {
			true => Ok(()),
			false => Err(Stop::Memory.into()),
		}
	}

	fn table_growing(&mut self, _: usize, wanted: usize, maximum: Option<usize>) -> Result<bool> {
		self.beyond_its_own = maximum.is_some_and(|maximum| wanted > maximum);
		if wanted > MAX_TABLE && !self.beyond_its_own {
			return Err(Stop::Memory.into());
		}
		Ok(true)
	}

	fn table_grow_failed(&mut self, _: Error) -> Result<()> {
		match self.beyond_its_own {
			true => Ok(()),
			false => Err(Stop::Memory.into()),
		}
	}
}
