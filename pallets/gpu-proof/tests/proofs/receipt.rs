use terminal_gpu_proof::receipt::{message, MESSAGE_BYTES};

#[test]
fn every_field_is_bound() {
	let base = message(&[1; 32], 2, 3, 4);
	assert_eq!(base.len(), MESSAGE_BYTES);
	for other in [
		message(&[0; 32], 2, 3, 4),
		message(&[1; 32], 3, 3, 4),
		message(&[1; 32], 2, 4, 4),
		message(&[1; 32], 2, 3, 5),
	] {
		assert_ne!(base, other);
	}
}
