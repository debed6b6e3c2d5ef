/**
 * Waits until all promises are settled, also after one has failed, so that nothing goes on behind the caller's back.
 *
 * @param {readonly Promise<unknown>[]} work
 * @param {() => void} onFirstError should make the others end early
 * @returns {Promise<void>}
 * @throws the error that came first
 */
export async function allOrFirstError(work, onFirstError) {
  /** @type {unknown[]} */
  const errors = [];
  await Promise.all(
    work.map((one) =>
      one.catch((error) => {
        errors.push(error);
        if (errors.length === 1) onFirstError();
      }),
    ),
  );
  if (errors.length > 0) throw errors[0];
}
