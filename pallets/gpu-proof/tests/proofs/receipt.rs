use terminal_gpu_proof::receipt::{message, FRAME_BEGINS, FRAME_ENDS, MESSAGE_BYTES};

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

#[test]
fn a_wallet_leaves_it_as_it_is() {
	let base = message(&[1; 32], 2, 3, 4);
	assert!(base.starts_with(FRAME_BEGINS) && base.ends_with(FRAME_ENDS));
	assert_eq!(
		(FRAME_BEGINS, FRAME_ENDS),
		(&b"<Bytes>"[..], &b"</Bytes>"[..])
	);
}
