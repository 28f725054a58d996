//! Work on many threads whose outcome does not hang on which of them is faster.

use rayon::prelude::*;

/// What every item gives, in the order of the items, on the threads of the pool.
///
/// # Errors
/// The error of the first item that has one, in that order: the one that is found first is another with another number
/// of threads.
pub fn each_or_first_error<I, R, E>(
    items: I,
    of: impl Fn(I::Item) -> Result<R, E> + Send + Sync,
) -> Result<Vec<R>, E>
where
    I: IntoParallelIterator,
    R: Send,
    E: Send,
{
    let all: Vec<Result<R, E>> = items.into_par_iter().map(of).collect();
    all.into_iter().collect()
}

#[cfg(test)]
mod tests {
    use super::each_or_first_error;
    use std::time::Duration;

    #[test]
    fn the_first_error_is_told_though_later_ones_are_found_sooner() {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(4).build();
        let found = pool.expect("four threads").install(|| {
            each_or_first_error(0..64_u64, |k| {
                if k < 5 {
                    return Ok(k);
                }
                std::thread::sleep(Duration::from_millis(64 - k));
                Err(k)
            })
        });
        assert_eq!(found, Err(5));
    }

    #[test]
    fn what_is_found_stands_in_the_order_of_the_items() {
        let found: Result<Vec<usize>, ()> = each_or_first_error(0..1000_usize, |k| Ok(2 * k));
        let expected: Vec<usize> = (0..1000).map(|k| 2 * k).collect();
        assert_eq!(found, Ok(expected));
    }
}
