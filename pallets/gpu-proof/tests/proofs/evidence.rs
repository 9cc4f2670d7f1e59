use terminal_gpu_proof::evidence::message;

#[test]
fn the_bytes_are_these() {
	let expected = [
		&b"tct/evidence/v1"[..],
		&[0x11; 32],
		&[8, 7, 6, 5, 4, 3, 2, 1],
		&[0x22; 32],
		&[4, 3, 2, 1],
	]
	.concat();
	assert_eq!(
		message(&[0x11; 32], 0x0102030405060708, &[0x22; 32], 0x01020304),
		expected
	);
	assert_eq!(expected.len(), 91);
}

#[test]
fn every_field_is_bound() {
	let base = message(&[1; 32], 2, &[3; 32], 4);
	for other in [
		message(&[0; 32], 2, &[3; 32], 4),
		message(&[1; 32], 3, &[3; 32], 4),
		message(&[1; 32], 2, &[4; 32], 4),
		message(&[1; 32], 2, &[3; 32], 5),
	] {
		assert_ne!(base, other);
	}
}
