document.querySelector('form').addEventListener('submit', (event) => {
  event.preventDefault();
  const sent = new URLSearchParams(new FormData(event.target));
  document.querySelector('output').textContent = `Sent: ${sent}`;
});
