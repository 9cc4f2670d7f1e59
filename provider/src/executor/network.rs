//! Networks in integers: exact, so that anyone can run an item again.

use super::{expect, Executor, ExecutorError, Kind, Work};
use rayon::prelude::*;
use std::sync::atomic::Ordering;
use terminal_gpu_proof::{
	layered,
	network::{self, Layer, Output},
	runner::Runner,
};

/// Runs every item on all cores. It needs no limits of its own: an item's work is bounded by the
/// weights, and those by the job.
pub struct Network(pub Runner);

/// The outputs of `work` by the rules of `runner`, in order.
pub fn outputs(runner: Runner, work: &Work) -> Vec<Vec<u8>> {
	work.items()
		.par_iter()
		.map(|item| {
			let output = runner.evaluate(&work.program, item, work.output_bytes);
			work.done.fetch_add(1, Ordering::Relaxed);
			output
		})
		.collect()
}

impl Network {
	fn kind(&self) -> Kind {
		match self.0 {
			Runner::IntegerNetwork => Kind::IntegerNetwork,
			Runner::LayeredNetwork => Kind::LayeredNetwork,
		}
	}

	/// A network of the one layer 5 + 3 · x − 4 · y.
	fn known(&self) -> Vec<u8> {
		match self.0 {
			Runner::IntegerNetwork => network::encode(&[Layer {
				inputs: 2,
				outputs: 1,
				output: Output::Raw,
				weights: vec![3, -4],
				biases: vec![5],
			}]),
			Runner::LayeredNetwork => layered::encode(
				(1, 2, 1),
				&[layered::Layer {
					kind: layered::Kind::Convolution {
						kernel: (1, 2),
						stride: 1,
						padding: 0,
						channels: 1,
						output: layered::Output::Raw,
					},
					cut: 1,
					rows: vec![(5, vec![3, -4])],
				}],
			),
		}
	}
}

#[async_trait::async_trait]
impl Executor for Network {
	async fn execute(&self, work: Work) -> Result<Vec<Vec<u8>>, ExecutorError> {
		let (runner, kind) = (self.0, self.kind());
		tokio::task::spawn_blocking(move || outputs(runner, &work))
			.await
			.map_err(|error| ExecutorError::Setup(kind, error.to_string()))
	}

	async fn probe(&self) -> Result<String, ExecutorError> {
		let work = Work {
			program: self.known().into(),
			inputs: vec![10, 20].into(),
			item_bytes: 2,
			output_bytes: 4,
			done: Default::default(),
		};
		let outputs = self.execute(work).await?;
		// 3 × 10 − 4 × 20 + 5
		expect(self.kind(), &outputs.concat(), &(-45_i32).to_le_bytes())?;
		Ok("multiplies right".into())
	}
}
