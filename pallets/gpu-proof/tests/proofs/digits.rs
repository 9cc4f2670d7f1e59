//! The demo's networks on its real, held-out images: `clients/demo/digits`, made by
//! `scripts/train-digits`.

use std::cmp::Reverse;
use terminal_gpu_proof::{
	layered,
	merkle::root_of,
	network::{evaluate, Network},
	result::{input_leaf, weights_root, Leaf},
};

const IMAGES: usize = 719;
const CORRECT: usize = 701;

fn load(name: &str) -> Vec<u8> {
	let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../clients/demo/digits");
	std::fs::read(format!("{folder}/{name}")).unwrap()
}

/// The greatest logit's index, the first of equals.
fn answer(output: &[u8]) -> u8 {
	let logits = output
		.chunks(4)
		.map(|bytes| i32::from_le_bytes(bytes.try_into().unwrap()));
	(0..)
		.zip(logits)
		.min_by_key(|(_, logit)| Reverse(*logit))
		.unwrap()
		.0
}

#[test]
fn the_digits_network_reads_at_least_97_percent() {
	let weights = load("weights.tcnn");
	let network = Network::parse(&weights).unwrap();
	assert_eq!((network.input_len(), network.output_len()), (64, 40));
	assert_eq!(network.multiplications(), 2_368);

	let (inputs, labels) = (load("inputs.bin"), load("labels.bin"));
	assert_eq!((inputs.len(), labels.len()), (IMAGES * 64, IMAGES));
	assert!(inputs.iter().all(|ink| *ink <= 16));
	let correct = inputs
		.chunks(64)
		.zip(&labels)
		.filter(|(image, label)| answer(&evaluate(&weights, image, 40)) == **label)
		.count();
	assert_eq!(correct, CORRECT);
	assert!(correct * 100 >= IMAGES * 97);
}

#[test]
fn the_manifest_states_the_roots_that_a_job_binds() {
	let manifest: serde_json::Value = serde_json::from_slice(&load("manifest.json")).unwrap();
	assert_eq!(
		manifest["weights_root"],
		hex::encode(weights_root(&load("weights.tcnn")))
	);
	let inputs = load("inputs.bin");
	let leaves: Vec<_> = (0..)
		.zip(inputs.chunks(64))
		.map(|(index, image)| input_leaf(index, image))
		.collect();
	assert_eq!(manifest["input_root"], hex::encode(root_of(&leaves)));
	assert_eq!(manifest["correct"], CORRECT);
}

/// A fault proof must fit an extrinsic: design §7 refuses a job over 64 KiB.
#[test]
fn a_fault_proof_on_the_digits_network_is_small() {
	let bytes = load("weights.tcnn").len() + Leaf::encoded_bound(719, 64, 40);
	assert!(bytes < 4_096, "{bytes}");
}

fn load_layered(name: &str) -> Vec<u8> {
	load(&format!("../digits-layered/{name}"))
}

#[test]
fn the_convolutions_read_at_least_98_percent() {
	let weights = load_layered("weights.tcnn");
	let plan = layered::Plan::parse(&weights, weights.len() as u32).unwrap();
	assert_eq!((plan.input_len(), plan.values_len()), (64, 40));
	assert_eq!((plan.pieces(), plan.result_len()), (5, 40 + 4 * 32));

	let (inputs, labels) = (load("inputs.bin"), load("labels.bin"));
	let results = inputs
		.chunks(64)
		.map(|image| layered::evaluate(&weights, image, plan.result_len()));
	let results: Vec<_> = results.collect();
	let correct = results.iter().zip(&labels);
	let correct = correct.filter(|(result, label)| answer(&result[..40]) == **label);
	let correct = correct.count();
	assert!(correct * 100 >= IMAGES * 98);

	let manifest: serde_json::Value =
		serde_json::from_slice(&load_layered("manifest.json")).unwrap();
	assert_eq!(manifest["correct"], correct);
	assert_eq!(manifest["first_result"], hex::encode(&results[0]));
	assert_eq!(
		manifest["weights_root"],
		hex::encode(weights_root(&weights))
	);
}
