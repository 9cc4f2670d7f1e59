use terminal_gpu_proof::{
	receipt::{self, FRAME_BEGINS, FRAME_ENDS},
	voucher::{message, MESSAGE_BYTES},
};

#[test]
fn every_field_is_bound() {
	let base = message(&[1; 32], 2, 3);
	assert_eq!(base.len(), MESSAGE_BYTES);
	for other in [
		message(&[0; 32], 2, 3),
		message(&[1; 32], 3, 3),
		message(&[1; 32], 2, 4),
	] {
		assert_eq!(other.len(), MESSAGE_BYTES);
		assert_ne!(base, other);
	}
}

#[test]
fn a_wallet_leaves_it_as_it_is() {
	let base = message(&[1; 32], 2, 3);
	assert!(base.starts_with(FRAME_BEGINS) && base.ends_with(FRAME_ENDS));
}

#[test]
fn no_receipt_is_a_voucher() {
	assert_ne!(MESSAGE_BYTES, receipt::MESSAGE_BYTES);
	let name = FRAME_BEGINS.len()..FRAME_BEGINS.len() + 14;
	let acknowledged = receipt::message(&[1; 32], 2, 0, 3);
	assert_ne!(message(&[1; 32], 2, 3)[name.clone()], acknowledged[name]);
}
