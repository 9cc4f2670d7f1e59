//! Answers that keep their seat until the client has taken them, so that seats bound the memory
//! that slow readers hold.

use super::limit::Seat;
use axum::{
	body::{Body, Bytes},
	response::Response,
};
use hyper::body::{Body as HttpBody, Frame, SizeHint};
use std::{
	pin::Pin,
	task::{ready, Context, Poll},
};

/// Handed to the connection at a time: what it takes is out of the seat's reach.
const PIECE: usize = 16 * 1024;

/// A body that holds a seat.
struct Held {
	inner: Body,
	rest: Bytes,
	_seat: Seat,
}

/// Let the body of `response` hold `seat`.
pub fn hold(response: Response, seat: Seat) -> Response {
	response.map(|inner| {
		Body::new(Held {
			inner,
			rest: Bytes::new(),
			_seat: seat,
		})
	})
}

impl HttpBody for Held {
	type Data = Bytes;
	type Error = axum::Error;

	fn poll_frame(
		mut self: Pin<&mut Self>,
		context: &mut Context<'_>,
	) -> Poll<Option<Result<Frame<Bytes>, axum::Error>>> {
		if self.rest.is_empty() {
			match ready!(Pin::new(&mut self.inner).poll_frame(context)) {
				Some(Ok(frame)) => match frame.into_data() {
					Ok(data) => self.rest = data,
					Err(frame) => return Poll::Ready(Some(Ok(frame))),
				},
				other => return Poll::Ready(other),
			}
		}
		let length = self.rest.len().min(PIECE);
		let piece = self.rest.split_to(length);
		Poll::Ready(Some(Ok(Frame::data(piece))))
	}

	fn is_end_stream(&self) -> bool {
		self.rest.is_empty() && self.inner.is_end_stream()
	}

	fn size_hint(&self) -> SizeHint {
		let rest = u64::try_from(self.rest.len()).unwrap_or(u64::MAX);
		match HttpBody::size_hint(&self.inner).exact() {
			Some(inner) => SizeHint::with_exact(inner.saturating_add(rest)),
			None => SizeHint::default(),
		}
	}
}

#[cfg(test)]
mod tests {
	use super::*;
	use crate::{config::Evidence, evidence::Limiter};
	use http_body_util::BodyExt;
	use std::time::Duration;

	#[tokio::test]
	async fn an_answer_comes_in_pieces_and_leaves_its_seat_at_the_end() {
		let limiter = Limiter::new(&Evidence {
			concurrent: 1,
			..Evidence::default()
		});
		let account = [0; 32];
		let bytes: Vec<u8> = (0..100_000u32).map(|i| i as u8).collect();
		let seat = limiter.signers.enter(account).await.unwrap();
		let mut body = hold(Response::new(Body::from(bytes.clone())), seat).into_body();
		let mut taken = Vec::new();
		while taken.len() < bytes.len() {
			let left = (bytes.len() - taken.len()) as u64;
			assert_eq!(HttpBody::size_hint(&body).exact(), Some(left));
			let next = limiter.signers.enter(account);
			let waited = tokio::time::timeout(Duration::from_millis(1), next).await;
			assert!(waited.is_err(), "the seat is taken while bytes are left");
			let piece = body.frame().await.unwrap().unwrap().into_data().unwrap();
			assert!(piece.len() <= PIECE);
			taken.extend_from_slice(&piece);
		}
		assert_eq!(taken, bytes);
		assert!(body.is_end_stream());
		drop(body);
		assert!(limiter.signers.enter(account).await.is_some());
	}
}
