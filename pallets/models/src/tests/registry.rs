use super::*;
use terminal_primitives::market::ModelTerms;

#[test]
fn tells_leases_the_terms() {
	ExtBuilder.run(|| {
		let version = list();
		let expected = ModelTerms {
			owner: owner(),
			price_per_job: 5 * UNIT,
			price_per_second: 2_000,
			price_per_call: 30,
			weights_root: Some([2; 32]),
			yanked: false,
		};
		assert_eq!(Models::terms(version), Some(expected));
		assert_eq!(Models::terms(VersionId(9)), None);
	})
}
