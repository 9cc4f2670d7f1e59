use super::*;
use sp_runtime::BuildStorage;

#[test]
fn defaults_are_valid() {
	assert_eq!(Parameters::default().validate(), Ok(()));
}

#[test]
fn brings_the_pot_to_life_unless_it_lives() {
	ExtBuilder.run(|| {
		assert_eq!(free(&Models::pot()), EXISTENTIAL_DEPOSIT);
		assert_ok!(Models::endow_pot());
		assert_eq!(free(&Models::pot()), EXISTENTIAL_DEPOSIT);
	})
}

#[test]
#[should_panic(expected = "models.params: reveal_delay_blocks must not be zero")]
fn refuses_invalid_parameters() {
	let params = Parameters {
		reveal_delay_blocks: 0,
		..Default::default()
	};
	let _ = crate::GenesisConfig::<Test> {
		params,
		..Default::default()
	}
	.build_storage();
}
