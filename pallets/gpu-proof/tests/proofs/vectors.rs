//! The checked-in vectors, made by a second implementation: `vectors/reference.py`.

use serde_json::Value;
use terminal_gpu_proof::{merkle, network, product, receipt, result, voucher, Hash};

fn load(name: &str) -> Value {
	let path = format!("{}/vectors/{name}", env!("CARGO_MANIFEST_DIR"));
	serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap()
}

fn list(value: &Value) -> &Vec<Value> {
	value.as_array().unwrap()
}

fn bytes(value: &Value) -> Vec<u8> {
	hex::decode(value.as_str().unwrap()).unwrap()
}

fn hash(value: &Value) -> Hash {
	bytes(value).try_into().unwrap()
}

fn hashes(value: &Value) -> Vec<Hash> {
	list(value).iter().map(hash).collect()
}

fn number(value: &Value) -> u32 {
	value.as_u64().unwrap().try_into().unwrap()
}

fn numbers<T: TryFrom<i64, Error: std::fmt::Debug>>(value: &Value) -> Vec<T> {
	list(value)
		.iter()
		.map(|value| value.as_i64().unwrap().try_into().unwrap())
		.collect()
}

#[test]
fn merkle_trees_agree() {
	for case in list(&load("merkle.json")) {
		let leaves = hashes(&case["leaves"]);
		let tree = merkle::Tree::new(leaves.clone());
		assert_eq!(tree.root(), hash(&case["root"]));
		assert_eq!(merkle::root_of(&leaves), hash(&case["root"]));
		for (index, path) in (0..).zip(list(&case["paths"])) {
			assert_eq!(tree.path(index), Some(hashes(path)));
		}
	}
}

#[test]
fn draws_agree() {
	for case in list(&load("draw.json")) {
		let seed = hash(&case["seed"]);
		let k = number(&case["k"]);
		if case["n"].is_null() {
			let sample = result::draw_sample(&seed, number(&case["items"]), k);
			assert_eq!(sample, numbers::<u32>(&case["sample"]));
		} else {
			let entries = product::draw_entries(&seed, number(&case["n"]), k as usize);
			assert_eq!(entries, numbers::<u32>(&case["entries"]));
		}
	}
}

#[test]
fn products_agree() {
	let vectors = load("product.json");
	for case in list(&vectors["products"]) {
		let n = number(&case["n"]);
		let seed = product::Seed(hash(&case["seed"]));
		let challenge = hash(&case["challenge"]);
		let mut line = vec![0; n as usize];
		product::row_of_a(&seed, n, n - 1, &mut line);
		assert_eq!(line, numbers::<i8>(&case["last_row_of_a"]));
		product::column_of_b(&seed, n, n - 1, &mut line);
		assert_eq!(line, numbers::<i8>(&case["last_column_of_b"]));

		let columns = product::all_columns(&seed, n);
		let mut c = vec![0; (n * n) as usize];
		for (i, row) in (0..).zip(c.chunks_mut(n as usize)) {
			product::row_of_c(&seed, n, i, &columns, row);
		}
		assert_eq!(
			c[c.len() - n as usize..],
			numbers::<i32>(&case["last_row_of_c"])
		);
		let pieces = (0..).zip(c.chunks(product::PIECE));
		let leaves: Vec<_> = pieces
			.map(|(p, piece)| product::piece_leaf(&challenge, p, piece))
			.collect();
		assert_eq!(leaves[0], hash(&case["first_leaf"]));
		let root = merkle::root_of(&leaves);
		assert_eq!(root, hash(&case["root"]));

		let drawn = product::draw_entries(&hash(&case["draw_seed"]), n, 8);
		let answers = list(&case["answers"]);
		assert_eq!(drawn.len(), answers.len());
		for (entry, answer) in drawn.into_iter().zip(answers) {
			assert_eq!(entry, number(&answer["entry"]));
			let entries = numbers::<i32>(&answer["piece"]).try_into().unwrap();
			let proof = product::PieceProof {
				entries,
				path: hashes(&answer["path"]),
			};
			assert!(product::check_entry(
				&seed, n, &challenge, &root, entry, &proof
			));
		}
	}
}

#[test]
fn the_far_end_of_the_largest_product_agrees() {
	let far = &load("product.json")["far"];
	let n = number(&far["n"]);
	let seed = product::Seed(hash(&far["seed"]));
	let (mut a, mut b) = (vec![0; n as usize], vec![0; n as usize]);
	product::row_of_a(&seed, n, number(&far["row"]), &mut a);
	product::column_of_b(&seed, n, number(&far["column"]), &mut b);
	assert_eq!(
		i64::from(product::dot(&a, &b)),
		far["entry"].as_i64().unwrap()
	);
}

#[test]
fn networks_agree() {
	for case in list(&load("network.json")) {
		let weights = bytes(&case["weights"]);
		let parsed = network::Network::parse(&weights).unwrap();
		assert_eq!(
			parsed.multiplications(),
			case["multiplications"].as_u64().unwrap()
		);
		for run in list(&case["runs"]) {
			let output = network::evaluate(&weights, &bytes(&run["input"]), usize::MAX);
			assert_eq!(output, bytes(&run["output"]));
			assert_eq!(output.len(), parsed.output_len());
		}
	}
}

#[test]
fn results_receipts_and_vouchers_agree() {
	let case = load("result.json");
	let (genesis, lease) = (hash(&case["genesis"]), number(&case["lease"]).into());
	let context = result::context(&genesis, lease, &bytes(&case["provider"]));
	assert_eq!(context, hash(&case["context"]));
	let job = result::Job {
		context,
		input_root: hash(&case["input_root"]),
		result_root: hash(&case["result_root"]),
		items: number(&case["items"]),
		input_bytes: number(&case["input_bytes"]),
		output_bytes: number(&case["output_bytes"]),
	};
	for leaf in list(&case["leaves"]) {
		let leaf = result::Leaf {
			index: number(&leaf["index"]),
			input: bytes(&leaf["input"]),
			output: bytes(&leaf["output"]),
			input_path: hashes(&leaf["input_path"]),
			output_path: hashes(&leaf["output_path"]),
		};
		let found = result::check(&job, &bytes(&case["weights"]), &leaf);
		assert_eq!(found, result::LeafCheck::Correct);
		if leaf.index == 0 {
			assert_eq!(
				result::input_leaf(0, &leaf.input),
				hash(&case["input_leaf_0"])
			);
			let output_leaf = result::output_leaf(&context, 0, &leaf.input, &leaf.output);
			assert_eq!(output_leaf, hash(&case["output_leaf_0"]));
		}
	}
	for root in list(&case["weights_roots"]) {
		assert_eq!(
			result::weights_root(&bytes(&root["weights"])),
			hash(&root["root"])
		);
	}
	let receipt = &case["receipt"];
	let milliseconds = receipt["milliseconds"].as_u64().unwrap();
	let message = receipt::message(&genesis, lease, number(&receipt["segment"]), milliseconds);
	assert_eq!(message, bytes(&receipt["message"]));
	let voucher = &case["voucher"];
	let message = voucher::message(&genesis, lease, voucher["calls"].as_u64().unwrap());
	assert_eq!(message, bytes(&voucher["message"]));
}
