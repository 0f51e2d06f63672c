const pad = document.querySelector('digit-pad');
pad.addEventListener('input', () => {
  const whole = pad.validity.valid; // four digits, and none in doubt
  document.querySelector('output').textContent = whole ? `Checking ${pad.value} …` : '';
});
