use super::*;
use sp_runtime::BuildStorage;

#[test]
fn defaults_are_valid_and_productions() {
	assert_eq!(Parameters::default().validate(), Ok(()));
	assert_eq!(Parameters::default().unbonding_delay_blocks, 100_800);
}

#[test]
#[should_panic(expected = "providers.params: min_bond must not be zero")]
fn refuses_invalid_parameters() {
	let params = Parameters {
		min_bond: 0,
		..parameters()
	};
	let _ = crate::GenesisConfig::<Test> {
		params,
		..Default::default()
	}
	.build_storage();
}
