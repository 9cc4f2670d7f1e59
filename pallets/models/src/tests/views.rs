use super::*;
use sp_core::H256;

#[test]
fn shows_a_version_by_id_and_by_digest() {
	ExtBuilder.run(|| {
		let version = list();
		let view = Models::version_view(version).expect("the version is listed");
		assert_eq!(
			(view.name.as_str(), view.licence.as_str()),
			("digits/mlp-64-32-10", "Apache-2.0")
		);
		assert_eq!(
			(view.manifest, view.weights_root),
			(H256([1; 32]), Some(H256([2; 32])))
		);
		assert_eq!(
			(view.first_seen, view.listed_at, view.yanked),
			(1, 11, false)
		);
		assert_eq!(Models::version_view_by_digest([1; 32]), Some(view));
		assert_eq!(Models::version_view_by_digest([7; 32]), None);
		assert_eq!(Models::version_view(VersionId(9)), None);
	})
}

#[test]
fn pages_through_the_registry() {
	ExtBuilder.run(|| {
		for number in 0..5 {
			list_details(Details {
				manifest: [number; 32],
				..details()
			});
		}
		let ids = |from, limit| {
			let page = Models::version_page(VersionId(from), limit);
			let ids: Vec<u64> = page.versions.iter().map(|view| view.id.0).collect();
			(ids, page.next.map(|next| next.0))
		};
		assert_eq!(ids(0, 2), (vec![0, 1], Some(2)));
		assert_eq!(ids(3, 9), (vec![3, 4], None));
		assert_eq!(ids(3, 0), (vec![3], Some(4)));
		assert_eq!(ids(u64::MAX, u32::MAX), (vec![], None));
	})
}

#[test]
fn tell_what_to_commit_to() {
	ExtBuilder.run(|| {
		let commitment = Models::commitment(owner(), SALT, details());
		assert_eq!(commitment, details().commitment(&owner(), &SALT));
		assert_ne!(commitment, Models::commitment(thief(), SALT, details()));
	})
}
