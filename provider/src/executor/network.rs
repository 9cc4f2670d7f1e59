//! Integer networks: exact, so that anyone can run an item again.

use super::{expect, Executor, ExecutorError, Kind, Work};
use rayon::prelude::*;
use std::sync::atomic::Ordering;
use terminal_gpu_proof::network::{self, Layer, Output};

/// Runs every item on all cores. It needs no limits of its own: an item's work is bounded by the
/// weights, and those by the job.
pub struct IntegerNetwork;

/// The outputs of `work`, in order.
pub fn outputs(work: &Work) -> Vec<Vec<u8>> {
	work.items()
		.par_iter()
		.map(|item| {
			let output = network::evaluate(&work.program, item, work.output_bytes);
			work.done.fetch_add(1, Ordering::Relaxed);
			output
		})
		.collect()
}

#[async_trait::async_trait]
impl Executor for IntegerNetwork {
	async fn execute(&self, work: Work) -> Result<Vec<Vec<u8>>, ExecutorError> {
		tokio::task::spawn_blocking(move || outputs(&work))
			.await
			.map_err(|error| ExecutorError::Setup(Kind::IntegerNetwork, error.to_string()))
	}

	async fn probe(&self) -> Result<String, ExecutorError> {
		let weights = network::encode(&[Layer {
			inputs: 2,
			outputs: 1,
			output: Output::Raw,
			weights: vec![3, -4],
			biases: vec![5],
		}]);
		let work = Work {
			program: weights.into(),
			inputs: vec![10, 20].into(),
			item_bytes: 2,
			output_bytes: 4,
			done: Default::default(),
		};
		let outputs = self.execute(work).await?;
		// 3 × 10 − 4 × 20 + 5
		expect(
			Kind::IntegerNetwork,
			&outputs.concat(),
			&(-45_i32).to_le_bytes(),
		)?;
		Ok("multiplies right".into())
	}
}
